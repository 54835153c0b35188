/** What an operation is, what a recipe is made of, and how a run carries it out. */
package org.diapason.step;
