package io.masumi.node.gateway.access;

import io.masumi.node.access.KeyPermissions;

/** What a key needs for an endpoint (docs/api.md, "Who may do what"). */
public enum Permission {
    /** Any valid key. */
    ANY_KEY,
    READ,
    PAY,
    ADMIN;

    boolean isHeldBy(KeyPermissions permissions) {
        return switch (this) {
            case ANY_KEY -> true;
            case READ -> permissions.canRead();
            case PAY -> permissions.canPay();
            case ADMIN -> permissions.canAdmin();
        };
    }
}
