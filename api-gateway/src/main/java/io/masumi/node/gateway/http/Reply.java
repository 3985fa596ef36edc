package io.masumi.node.gateway.http;

/** The envelope of every success (docs/api.md, "Manners"). */
public record Reply<T>(String status, T data) {

    public static <T> Reply<T> of(T data) {
        return new Reply<>("success", data);
    }
}
