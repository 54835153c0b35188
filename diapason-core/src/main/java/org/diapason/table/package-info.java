/** Harmonization of feature tables: the ComBat family. */
package org.diapason.table;
