/** The doors between files and values. */
package org.diapason.io;
