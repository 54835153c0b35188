/** Transforms from and to the files of ITK, ANTs, elastix and our own, all fixed to moving. */
package org.diapason.io.transform;
