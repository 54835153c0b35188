/** Statistics on tables of numbers; knows nothing of images or steps. */
package org.diapason.stats;
