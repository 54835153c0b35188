/** Surfaces of triangles as files: STL, OBJ, PLY and 3MF. */
package org.diapason.io.mesh;
