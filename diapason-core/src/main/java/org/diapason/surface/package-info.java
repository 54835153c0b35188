/**
 * Surfaces of volumes, masks and labels: triangles by marching cubes and surface nets, convex
 * hulls, enclosing boxes and ellipsoids.
 */
package org.diapason.surface;
