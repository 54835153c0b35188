/** The report page: one file that opens from disk and asks nothing of any network. */
package org.diapason.app.report;
