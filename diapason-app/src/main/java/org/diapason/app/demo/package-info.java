/** The demo: a planted cohort on disk, the main job on it, and planted against recovered. */
package org.diapason.app.demo;
