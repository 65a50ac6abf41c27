using System.Buffers;

namespace MailFlowBot.Remote.Transport;

/// <summary>Reads what nobody needs, so that its connection can go on.</summary>
internal static class Draining
{
    /// <returns>False when there is too much of it: disposing the answer then closes the connection.</returns>
    public static async Task<bool> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            for (var total = 0; total <= TransportLimits.MaxDrained;)
            {
                var count = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
                if (count == 0)
                    return true;
                total += count;
            }

            return false;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The connection is gone, which the count of connections tells whoever asks next.
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
