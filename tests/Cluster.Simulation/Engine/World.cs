using System.Globalization;
using Akka.Dispatch;

namespace SearchCluster.Simulation.Engine;

/// <summary>Virtual time on one thread: what is due runs in the order of its time, and before that all that actors have in their
/// mailboxes. Same seed, same order.</summary>
/// <param name="seed">Of all that is left to chance.</param>
/// <param name="isTracing">Whether events are kept for people.</param>
internal sealed class World(ulong seed, bool isTracing)
{
    /// <summary>Wall-clock time at the beginning.</summary>
    public static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [ThreadStatic]
    private static World? _current;

    // Some thousand are usual.
    private const long MostEvents = 200_000;

    private readonly PriorityQueue<(SimProcess? Owner, Action Action), (long Due, long Number)> _due = new();
    private readonly Queue<(IRunnable Run, SimProcess? Owner)> _runs = new();
    private readonly Dictionary<string, SimProcess> _processes = new(StringComparer.Ordinal);
    private readonly List<string> _trace = [];
    private long _number;

    /// <summary>The world of this thread; what Akka makes by itself finds it here.</summary>
    public static World Current
    {
        get => _current ?? throw new InvalidOperationException("No simulation runs on this thread.");
        set => _current = value;
    }

    public RandomStream Random { get; } = new(seed);

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    public bool IsTracing => isTracing;

    /// <summary>Turns of actors and timers so far.</summary>
    public long Events { get; private set; }

    /// <summary>Called after each turn of an actor and each timer.</summary>
    public Action Checked { get; set; } = () => { };

    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Keeps a line for people; nothing where nobody traces.</summary>
    public void Note(string line)
    {
        if (isTracing)
        {
            _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalSeconds,10:F4} {line}"));
        }
    }

    public SimProcess Begin(string name)
    {
        var process = new SimProcess(name);
        _processes.Add(name, process);
        return process;
    }

    /// <summary>The process of an actor.</summary>
    /// <param name="name">The first name in its path under the user guardian.</param>
    /// <returns>Null for what belongs to no process, such as the journal.</returns>
    public SimProcess? ProcessOf(string name) => _processes.GetValueOrDefault(name.Split('-')[0]);

    /// <summary>Has an action run later.</summary>
    /// <param name="delay">From now; 0 for after all that is due now.</param>
    /// <param name="owner">Whose it is; null for the world's own.</param>
    /// <param name="action">What to do.</param>
    public void At(TimeSpan delay, SimProcess? owner, Action action) =>
        _due.Enqueue((owner, action), (Now.Ticks + Math.Max(0, delay.Ticks), _number++));

    public void Enqueue(IRunnable run, SimProcess? owner) => _runs.Enqueue((run, owner));

    /// <summary>Runs until a condition holds or nothing is left to do.</summary>
    /// <param name="isOver">The condition.</param>
    /// <param name="limit">Virtual time to give up at.</param>
    /// <returns>True when the condition holds.</returns>
    public bool RunUntil(Func<bool> isOver, TimeSpan limit)
    {
        while (!isOver())
        {
            if (Now > limit || Events > MostEvents || !Step())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => probability > 0 && Random.NextDouble() < probability;

    /// <summary>A duration, uniform between two.</summary>
    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromTicks((long)((fromSeconds + ((toSeconds - fromSeconds) * Random.NextDouble())) * TimeSpan.TicksPerSecond));

    private bool Step()
    {
        if (_runs.TryDequeue(out var turn))
        {
            if (turn.Owner is { IsDead: true })
            {
                return true;
            }

            if (turn.Owner is { IsFrozen: true } frozen)
            {
                frozen.Hold(turn.Run);
                return true;
            }

            turn.Run.Run();
        }
        else if (_due.TryDequeue(out var due, out var key))
        {
            Now = new TimeSpan(key.Due);
            if (due.Owner is { IsDead: true })
            {
                return true;
            }

            if (due.Owner is { IsFrozen: true } frozen)
            {
                frozen.Hold(due.Action);
                return true;
            }

            due.Action();
        }
        else
        {
            return false;
        }

        Events++;
        Checked();
        return true;
    }
}
