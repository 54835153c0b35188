/** Judges: did it work, and did it do harm? They change nothing. */
package org.diapason.judge;
