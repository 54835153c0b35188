/** What the plain image formats share: numbers of any type, packed or not, to planar floats. */
package org.diapason.io.raw;
