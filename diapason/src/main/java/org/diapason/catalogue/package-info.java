/** The table of contents of the product: every method by name, and how its settings are written. */
package org.diapason.catalogue;
