/** Reading CBOR that strangers wrote, once for the node and for the development network: nothing in it is believed before it is checked. */
package io.masumi.node.cbor;
