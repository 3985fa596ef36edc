/** One sale from beginning to end, as an outside client sees it. */
package io.masumi.node.gateway.demo;
