/** What a limited API key may cost its owner at most, action by action. */
package io.masumi.node.credit;
