using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

public class JumpingTimeTests
{
    private readonly JumpingTime _time = new(new FixedTime(FixedTime.Noon));

    [Fact]
    public async Task A_delay_takes_no_real_time_and_moves_the_clock_by_its_length()
    {
        await Task.Delay(TimeSpan.FromMinutes(15), _time).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(FixedTime.Noon.AddMinutes(15), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(15), _time.Jumped);
    }

    [Fact]
    public async Task Elapsed_time_measured_over_a_delay_is_the_virtual_one()
    {
        var before = _time.GetTimestamp();

        await Task.Delay(TimeSpan.FromSeconds(4.4), _time).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(4.4), _time.GetElapsedTime(before));
    }

    [Fact]
    public async Task Many_delays_at_once_all_end_and_lose_no_jump()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Task.Delay(TimeSpan.FromSeconds(1), _time))))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(200), _time.Jumped);
    }

    [Fact]
    public void A_timer_without_due_time_does_not_move_the_clock()
    {
        using var timer = _time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal(FixedTime.Noon, _time.GetUtcNow());
    }

    [Fact]
    public void Refuses_a_periodic_timer() =>
        Assert.Throws<NotSupportedException>(() => _time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Does_not_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Pass(TimeSpan.FromSeconds(-1)));

    [Fact]
    public void Starts_at_the_real_now()
    {
        var real = DateTimeOffset.UtcNow;

        Assert.InRange(new JumpingTime().GetUtcNow(), real, real.AddMinutes(1));
    }
}
