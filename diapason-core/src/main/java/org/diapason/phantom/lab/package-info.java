/** Experiments on phantoms whose truth is known: reconstruction with and without anatomy. */
package org.diapason.phantom.lab;
