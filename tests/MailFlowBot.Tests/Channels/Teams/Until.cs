namespace MailFlowBot.Tests.Channels.Teams;

/// <summary>Waits for what another thread is about to do.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow.AddSeconds(30); !condition(); await Task.Yield())
            Assert.True(DateTime.UtcNow < end, "It did not happen within 30 s.");
    }
}
