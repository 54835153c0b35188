/** The command line: thin commands that read operands and call the library; no formulas. */
package org.diapason.app;
