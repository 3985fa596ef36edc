/** The wire's envelope, errors and correlation ids. */
package io.masumi.node.gateway.http;
