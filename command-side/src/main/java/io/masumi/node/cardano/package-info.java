/** Cardano's own words as values, of which each says what it must look like: whoever holds one need not check it again. */
package io.masumi.node.cardano;
