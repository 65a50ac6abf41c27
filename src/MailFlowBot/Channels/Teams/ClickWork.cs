using System.Collections.Concurrent;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Clicks that Teams waits for. A click that takes too long goes on by itself and its answer comes as a reply; a click that is delivered
/// again gets the answer of the first delivery and is not made twice.
/// </summary>
internal sealed class ClickWork(
    People people, Inbox inbox, TeamsChannel channel, Deliveries deliveries, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Teams gives up after 10 to 15 s and delivers again; people give up earlier.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private const int MaxKept = 1024;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Running> _clicks = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The text for the clicker.</summary>
    public async Task<string> AnswerAsync(AdmittedActivity admitted, Click click)
    {
        var key = Deliveries.Key(admitted);
        var running = _clicks.GetOrAdd(key, _ => new Running(() => RunAsync(key, admitted, click)));
        try
        {
            var answer = await running.Answer.WaitAsync(Budget, time, _stopping.Token).ConfigureAwait(false);
            return answer?.Text ?? ClickTexts.In(ActivityLanguage.Of(admitted.Activity)).Known;
        }
        catch (TimeoutException)
        {
            running.ReplyLater(() => ReplyAsync(running.Answer, admitted));
            return ClickTexts.In(ActivityLanguage.Of(admitted.Activity)).Working;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var left = Task.WhenAll(_clicks.Values.Select(running => running.End));
        // Failures of clicks were told where they happened; here only their end counts.
        await left.WaitAsync(EndPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (left.IsCompleted)
            _stopping.Dispose();
        else
            TeamsLog.WorkLeft(logger);
    }

    /// <returns>Null when another process has taken this delivery.</returns>
    private async Task<ClickAnswer?> RunAsync(string key, AdmittedActivity admitted, Click click)
    {
        try
        {
            if (!await deliveries.TakeAsync(key, _stopping.Token).ConfigureAwait(false))
                return null;
        }
        catch
        {
            // Nothing was taken: the next delivery of this click must be able to try again.
            _clicks.TryRemove(key, out _);
            throw;
        }

        Forget();
        var person = await people.ResolveAsync(admitted, _stopping.Token).ConfigureAwait(false);
        return await inbox.Click(MessageWork.Incoming(admitted, person, click), _stopping.Token).ConfigureAwait(false);
    }

    /// <summary>Says in the thread what came too late for the answer.</summary>
    private async Task ReplyAsync(Task<ClickAnswer?> answer, AdmittedActivity admitted)
    {
        try
        {
            if (await answer.ConfigureAwait(false) is not { Text.Length: > 0 } late)
                return;
            var person = await people.ResolveAsync(admitted, _stopping.Token).ConfigureAwait(false);
            await channel.ReplyAsync(MessageWork.Conversation(admitted), late.Text, [person], _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            TeamsLog.WorkFailed(logger, exception);
        }
    }

    // Redelivery comes within a minute; older answers are only kept while there is room.
    private void Forget()
    {
        if (_clicks.Count <= MaxKept)
            return;
        foreach (var (key, running) in _clicks)
        {
            if (running.Ended)
                _clicks.TryRemove(key, out _);
        }
    }

    private sealed class Running(Func<Task<ClickAnswer?>> start)
    {
        private readonly Lazy<Task<ClickAnswer?>> _answer = new(() => Task.Run(start));
        private readonly Lock _gate = new();
        private Task? _reply;

        public Task<ClickAnswer?> Answer => _answer.Value;

        public bool Ended => End.IsCompleted;

        /// <summary>The click and, where one was promised, its reply.</summary>
        public Task End
        {
            get
            {
                lock (_gate)
                    return _reply is null ? Answer : Task.WhenAll(Answer, _reply);
            }
        }

        public void ReplyLater(Func<Task> reply)
        {
            lock (_gate)
                _reply ??= reply();
        }
    }
}
