/** Work that is done again and again in the background while the node runs. */
package io.masumi.node.platform.loop;
