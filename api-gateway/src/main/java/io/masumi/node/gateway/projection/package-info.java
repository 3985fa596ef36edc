/** How projections and other processing groups stand, and what is set aside. */
package io.masumi.node.gateway.projection;
