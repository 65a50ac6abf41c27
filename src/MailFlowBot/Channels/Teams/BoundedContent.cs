namespace MailFlowBot.Channels.Teams;

/// <summary>Reads bodies that others send, up to a limit.</summary>
internal static class BoundedContent
{
    /// <exception cref="HttpRequestException">The answer is longer than <paramref name="limit"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        return await ReadAsync(stream, limit, cancellationToken).ConfigureAwait(false)
            ?? throw new HttpRequestException($"{response.RequestMessage?.RequestUri?.Host} answered with more than {limit} bytes.");
    }

    /// <summary>All bytes up to the end; null when there are more than <paramref name="limit"/>.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > limit)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
