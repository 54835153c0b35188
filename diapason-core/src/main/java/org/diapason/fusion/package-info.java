/** Makes one image of several on one grid, and says what a misregistration does to it. */
package org.diapason.fusion;
