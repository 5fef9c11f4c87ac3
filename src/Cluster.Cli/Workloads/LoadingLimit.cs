using System.Globalization;
using System.Runtime.ExceptionServices;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Workloads;

/// <summary>Loads assemblies of users on a thread of its own: code that runs as one is loaded (a module initializer, a static
/// constructor, a constructor, the getter of a descriptor) may never return, and must neither keep the command waiting for ever nor make
/// it deaf.</summary>
internal sealed class LoadingLimit
{
    /// <summary>How long loading may take.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    /// <summary>After how long a person is told who is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private volatile string _step = "";

    /// <summary>Loads within the limit.</summary>
    /// <param name="load">Loads; is given what to call with each step, in words.</param>
    /// <param name="tell">Tells of a long wait.</param>
    /// <param name="most">The limit.</param>
    /// <param name="patience">After how long a wait is told.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="WorkloadAssemblyException">The limit is over; what it was at is named. The thread is left behind.</exception>
    public static T Run<T>(
        Func<Action<string>, T> load, Action<string> tell, TimeSpan most, TimeSpan patience, CancellationToken cancellation)
    {
        var limit = new LoadingLimit();
        T? loaded = default;
        ExceptionDispatchInfo? failed = null;
        var done = new ManualResetEventSlim();
        new Thread(() =>
        {
            try
            {
                loaded = load(step => limit._step = step);
            }
            catch (Exception exception)
            {
                failed = ExceptionDispatchInfo.Capture(exception);
            }

            done.Set();
        })
        {
            IsBackground = true,
            Name = "workloads",
        }.Start();
        if (!done.Wait(patience, cancellation))
        {
            tell(string.Create(
                CultureInfo.InvariantCulture, $"{limit._step} takes long; it has {Durations.Of(most)} in all (Ctrl-C ends)."));
            if (!done.Wait(most - patience, cancellation))
            {
                throw new WorkloadAssemblyException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{limit._step} has not returned within {Durations.Of(most)}; let it do no work that may wait, and leave that to the "
                        + $"trial."))
                {
                    IsFaultOfWorkload = true,
                };
            }
        }

        failed?.Throw();
        return loaded!;
    }
}
