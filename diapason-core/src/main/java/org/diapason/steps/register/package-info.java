/** Steps that find where the places of one image lie in another. */
package org.diapason.steps.register;
