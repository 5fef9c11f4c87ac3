namespace SearchCluster.Integration.Tests.Harness;

/// <summary>Kills processes at random moments; the seed repeats them, as far as two runs of one machine are alike.</summary>
internal sealed class Nemesis
{
    private readonly Deployment _deployment;
    private readonly RandomStream _random;

    public Nemesis(Deployment deployment, ulong seed)
    {
        (_deployment, _random) = (deployment, new RandomStream(seed));
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
    }

    /// <summary>How many processes died by this hand.</summary>
    public int Strikes { get; private set; }

    /// <summary>Kills a process at a moment between its start and the given age; false when it ended before.</summary>
    public async Task<bool> StrikeInStartAsync(SearchClusterProcess process, TimeSpan longest)
    {
        var moment = longest * _random.NextDouble() - process.Age;
        return !await process.WaitForExitAsync(moment > TimeSpan.Zero ? moment : TimeSpan.Zero)
            && await KillAsync([process], $"{moment.TotalMilliseconds:F0} ms later");
    }

    /// <summary>Kills processes together after 1 to <paramref name="most"/> further events of a search; false
    /// when the first ended before.</summary>
    public async Task<bool> StrikeAfterEventsAsync(string search, int most, params IReadOnlyList<SearchClusterProcess> victims)
    {
        var target = _deployment.EventCount(search) + 1 + (int)_random.NextBelow((ulong)most);
        await _deployment.UntilAsync(() => _deployment.EventCount(search) >= target || victims[0].HasExited, $"event {target} is written");
        return !victims[0].HasExited && await KillAsync(victims, $"at event {target}");
    }

    private async Task<bool> KillAsync(IReadOnlyList<SearchClusterProcess> victims, string moment)
    {
        Strikes++;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"strike {Strikes}: {string.Join(", ", victims.Select(v => $"{v.Label} ({v.Id}) at the age of {v.Age.TotalSeconds:F2} s"))}, "
                + $"{moment}");
        await Task.WhenAll(victims.Select(v => v.KillAsync()));
        return true;
    }
}
