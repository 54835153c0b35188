/** Steps that put images of an exam together, and judge, decide on and draw what came out. */
package org.diapason.steps.fuse;
