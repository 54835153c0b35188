/** Steps that make one image of several. */
package org.diapason.steps.fuse;
