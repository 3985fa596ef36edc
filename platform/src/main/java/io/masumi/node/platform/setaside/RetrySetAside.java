package io.masumi.node.platform.setaside;

/**
 * A command: has what is set aside tried again at once, where it would wait for its next time. Answers how many.
 *
 * @param group of that processing group; null for all
 * @param sequence of that aggregate; null for all
 */
public record RetrySetAside(String group, String sequence) {}
