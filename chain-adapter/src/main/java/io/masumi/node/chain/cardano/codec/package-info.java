/** Reading CBOR that others wrote: nothing in it is believed before it is checked. */
package io.masumi.node.chain.cardano.codec;
