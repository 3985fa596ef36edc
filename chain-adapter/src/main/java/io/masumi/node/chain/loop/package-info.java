/** Work that is done again and again for every payment source. */
package io.masumi.node.chain.loop;
