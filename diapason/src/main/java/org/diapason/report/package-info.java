/** The report of a run as plain data: no files, no pages. */
package org.diapason.report;
