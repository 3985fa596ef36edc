/** How the parts of a node say that something is wrong with them. */
package io.masumi.node.platform.health;
