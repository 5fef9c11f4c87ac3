using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Nodes;

/// <summary>A worker by its name: its folder on disk, its process of now, and that one's connection.</summary>
/// <remarks>The agent, the host and the outbox are the product's; the slots and the connection are the simulator's.</remarks>
internal sealed class SimWorker : IWorkerConnection
{
    private static readonly WorkerTimings Timings = new();
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    private readonly SimCluster _cluster;
    private readonly string _root;
    private string? _folder;
    private AttemptHost? _host;
    private OutcomeOutbox? _outbox;
    private Connection? _connection;
    private TimeSpan _heard;
    private int _processes;
    private int _connections;

    public SimWorker(SimCluster cluster, string name, int slots, string root)
    {
        (_cluster, Name, Slots) = (cluster, name, slots);
        _root = Path.Combine(root, name);
    }

    public string Name { get; }

    public WorkerId Id => new(Name);

    public int Slots { get; }

    /// <summary>True once its process was asked to end.</summary>
    public bool IsLeaving { get; private set; }

    public bool IsCutOff { get; private set; }

    /// <summary>True when nobody will start it again.</summary>
    public bool IsGone { get; set; }

    public SimProcess? Process { get; private set; }

    /// <summary>Since when the process of now runs.</summary>
    public TimeSpan StartedAt { get; private set; }

    public bool IsUp => Process is { IsDead: false };

    /// <summary>True when the coordinator has all that it has to tell.</summary>
    public bool IsDelivered => !IsUp || _host!.Pending(1).Count == 0;

    bool IWorkerConnection.MayWork => true;

    private World World => _cluster.World;

    /// <summary>Leases that its process holds.</summary>
    public ValueArray<LeaseKey> Held => IsUp ? _host!.Held : [];

    public IActorRef? AgentOf(SimProcess process) => process == Process && _connection is { Agent: { } agent } ? agent : null;

    public void Start()
    {
        if (IsUp || IsGone)
        {
            return;
        }

        var number = ++_processes;
        Process = World.Begin($"{Name}p{number}");
        (StartedAt, IsLeaving) = (World.Now, false);
        World.Note($"{Process.Name} starts");
        if (_folder is null)
        {
            PrepareFolder(number);
        }

        _cluster.Bug.Starting(_folder!);
        var clock = new SimClock(World, Process);
        _outbox = OutcomeOutbox.Open(_folder!, NullLogger.Instance);
        var process = Process;
        _host = new AttemptHost(
            Description(process.Name),
            open => new SimSlots(_cluster, process, Slots, open),
            _cluster.Artifacts,
            _outbox,
            new HangWatch(clock, HangLimit),
            NullLogger<AttemptHost>.Instance)
        {
            Mark = DrainMark.Open(_folder!, clock, NullLogger.Instance),
            Exits = CleanExits.Open(_folder!, NullLogger.Instance),
        };
        Look();
    }

    public void Kill()
    {
        if (IsUp)
        {
            World.Note($"{Process!.Name} is killed");
            Process.Kill();
            End();
        }
    }

    public void Freeze()
    {
        World.Note($"{Name} freezes");
        Process!.Freeze();
    }

    public void Thaw(SimProcess process)
    {
        if (process is { IsDead: false, IsFrozen: true })
        {
            World.Note($"{Name} thaws");
            process.Thaw(World);
        }
    }

    /// <summary>Asks it to end, as <c>SIGTERM</c>; it is killed when that takes too long.</summary>
    public void Leave()
    {
        if (!IsUp || _connection?.Agent is not { } agent || IsLeaving)
        {
            return;
        }

        World.Note($"{Name} is asked to end");
        IsLeaving = true;
        var process = Process;
        agent.Tell(new AgentMessages.Leave(), SimRef.Local(_cluster.System, Name + "-end", (answer, _) =>
        {
            if (answer is AgentMessages.Left && process is { IsDead: false })
            {
                World.Note($"{Name} ends in order");
                _host!.Dispose();
                _outbox!.Dispose();
                process.Kill();
                End();
            }
        }));
        World.At(TimeSpan.FromSeconds(30), process, Kill);
    }

    public void Break()
    {
        if (_connection is { IsOpen: true } connection)
        {
            World.Note($"{Name} loses its connection");
            connection.Close();
        }
    }

    public void CutOff() => IsCutOff = true;

    public void Heal(bool survives)
    {
        IsCutOff = false;
        if (survives)
        {
            _connection?.Flush();
        }
        else
        {
            Break();
        }
    }

    /// <summary>The run is over: closes what is open.</summary>
    public void Close() => _outbox?.Dispose();

    void IWorkerConnection.Welcomed(WorkerProtocol.WorkerWelcome welcome) => _heard = World.Now;

    void IWorkerConnection.Refused(string reason)
    {
        World.Note($"{Name} is refused: {reason}");
        Kill();
        World.At(TimeSpan.FromSeconds(1), null, Start);
    }

    // What the product's session does: a connection that ended, or brings nothing for the silence limit, is built anew.
    private void Look()
    {
        if (_host!.Hung.IsCompleted)
        {
            // As the product's process does: a slot that hangs is lost with it.
            World.Note($"{Name} ends because an attempt hangs");
            Kill();
            World.At(TimeSpan.FromSeconds(1), null, Start);
            return;
        }

        var isSilent = World.Now - _heard >= Timings.SilenceLimit;
        if ((_connection is not { IsOpen: true } || isSilent) && !IsLeaving)
        {
            Disconnect();
            if (_cluster.Coordinator.IsUp && !IsCutOff)
            {
                Connect();
            }
        }

        World.At(TimeSpan.FromSeconds(1), Process, Look);
    }

    private void Connect()
    {
        _heard = World.Now;
        var number = ++_connections;
        _connection = new Connection(_cluster, this, Process!, number);
        _connection.Agent = _cluster.System.ActorOf(
            WorkerAgentActor.Props(_host!, _connection.ToCoordinator, this, Timings, new SimClock(World, Process!)),
            $"{Process!.Name}-agent{number}");
        World.Note($"{Name} connects, number {number}");
    }

    private void Disconnect()
    {
        _connection?.Close();
        if (_connection?.Agent is { } agent)
        {
            _cluster.System.Stop(agent);
        }

        _connection = null;
    }

    // What lies on the disk at this moment is what the next process finds; only then the files are closed.
    private void End()
    {
        _connection?.Close();
        _connection = null;
        RunningAttempts.Remove(_host!);
        PrepareFolder(_processes + 1);
        _outbox!.Dispose();
        _outbox = null;
    }

    private void PrepareFolder(int number)
    {
        var folder = Path.Combine(_root, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        foreach (var file in _folder is null ? [] : Directory.GetFiles(_folder))
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(Path.Combine(folder, Path.GetFileName(file)));
            from.CopyTo(to);
        }

        _folder = folder;
    }

    private WorkerDescription Description(string incarnation) => new(
        Id,
        incarnation,
        new DeviceDescription("cpu", "simulated", 0),
        Slots,
        ValueMap<string>.Empty,
        SimCoordinator.Version,
        new ProcessDescription("host", 1, World.Epoch, _root, Name));
}
