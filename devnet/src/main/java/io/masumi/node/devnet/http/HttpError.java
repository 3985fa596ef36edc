package io.masumi.node.devnet.http;

/** Ends a request with an error body as Blockfrost writes it: status_code, error, message. */
public final class HttpError extends RuntimeException {
    private final int status;
    private final String error;

    public HttpError(int status, String error, String message) {
        super(message);
        this.status = status;
        this.error = error;
    }

    public static HttpError notFound() {
        return new HttpError(404, "Not Found", "The requested component has not been found.");
    }

    public static HttpError badRequest(String message) {
        return new HttpError(400, "Bad Request", message);
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }
}
