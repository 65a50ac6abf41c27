namespace MailFlowBot.Remote.Transport;

/// <summary>Where an HTTP redirect leads.</summary>
internal static class Redirects
{
    /// <exception cref="TransportException">It does not say.</exception>
    public static Uri Location(HttpResponseMessage answer, Uri asked, string where)
    {
        var location = answer.Headers.Location
            ?? throw new TransportException(TransportFault.BadAnswer, Delivery.NotSent, $"{where} redirects and does not say where to.") { Status = (int)answer.StatusCode };
        return location.IsAbsoluteUri ? location : new Uri(asked, location);
    }
}
