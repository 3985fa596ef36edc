package io.masumi.node.platform.setaside;

/** A query: what is set aside, as {@link SetAside}, the oldest first. @param limit how many at most */
public record ListSetAside(int limit) {}
