/** Sagas that are folds of one aggregate's events: how they are stored, and made anew. */
package io.masumi.node.platform.saga;
