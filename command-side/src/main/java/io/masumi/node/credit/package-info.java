/** What a limited API key may cost its owner at most, action by action, and what each of its records costs. */
package io.masumi.node.credit;
