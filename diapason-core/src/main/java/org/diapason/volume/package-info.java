/** The values on the line from files to report: grids, images, masks, tags, exams and tables. */
package org.diapason.volume;
