/** Surfaces of masks: triangles by marching cubes, convex hulls, enclosing boxes and ellipsoids. */
package org.diapason.surface;
