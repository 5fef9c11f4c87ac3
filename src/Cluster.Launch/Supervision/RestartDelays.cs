namespace SearchCluster.Launch.Supervision;

/// <summary>How long a process that died is left alone before it is started again: 1 s, doubled with each death up to 30 s; one that
/// lived for a minute begins anew.</summary>
/// <remarks>The bounds are those of common supervisors (systemd's RestartSec, Kubernetes' CrashLoopBackOff), shortened: a device that
/// trains nothing costs money, and a start costs a second of one core.</remarks>
internal sealed class RestartDelays
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <summary>The wait after one more death.</summary>
    /// <param name="lived">How long the process lived.</param>
    public TimeSpan After(TimeSpan lived)
    {
        if (lived >= GoodLife)
        {
            _next = First;
        }

        var wait = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }
}
