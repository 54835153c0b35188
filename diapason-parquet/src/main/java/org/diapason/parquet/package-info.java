/** Parquet tables, an optional module. */
package org.diapason.parquet;
