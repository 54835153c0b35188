/** CSV files to text and feature tables, and back. */
package org.diapason.io.table;
