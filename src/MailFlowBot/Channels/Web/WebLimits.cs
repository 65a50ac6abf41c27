namespace MailFlowBot.Channels.Web;

/// <summary>What the playground keeps and takes at most. All figures are arbitrary: one person's browser on one machine.</summary>
internal static class WebLimits
{
    /// <summary>Text of one message, as UTF-8 bytes. Longer is refused, never cut: half a log gives a wrong reading.</summary>
    public const int MessageBytes = 1024 * 1024;

    /// <summary>Body of a message request: JSON may double a text (quotes, newlines) and adds its own members.</summary>
    public const int MessageBodyBytes = (2 * MessageBytes) + (16 * 1024);

    /// <summary>Body of a click request: ids and a reason.</summary>
    public const int ClickBodyBytes = 64 * 1024;

    /// <summary>Nesting of a request body; a click has four levels.</summary>
    public const int JsonDepth = 16;

    /// <summary>Values of one click: opaque ids of the card and its inputs.</summary>
    public const int ClickValues = 64;

    /// <summary>UTF-16 units of a text that are shown; the bot itself reads all of it.</summary>
    public const int ShownText = 256 * 1024;

    /// <summary>UTF-16 units of a card's JSON: Teams stops at 262,144 bytes, so a longer one is a fault of ours.</summary>
    public const int CardLength = 262_144;

    /// <summary>Posts kept; the oldest go first.</summary>
    public const int Posts = 500;

    /// <summary>UTF-16 units of all posts together.</summary>
    public const int PostsLength = 16 * 1024 * 1024;

    /// <summary>Browser windows that watch at the same time.</summary>
    public const int Watchers = 32;

    /// <summary>Changes waiting for one slow browser; beyond it the stream ends and the browser asks for a new snapshot.</summary>
    public const int WaitingChanges = 256;
}
