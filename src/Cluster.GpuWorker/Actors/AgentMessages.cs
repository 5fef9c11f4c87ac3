using Akka.Actor;

namespace SearchCluster.GpuWorker.Actors;

/// <summary>Messages of the agent that never leave its process.</summary>
internal static class AgentMessages
{
    /// <summary>Time to say hello.</summary>
    public sealed record HeartbeatTick : INoSerializationVerificationNeeded;

    /// <summary>Time to look for reports and requests that got no answer.</summary>
    public sealed record ResendTick : INoSerializationVerificationNeeded;

    /// <summary>The host has something new.</summary>
    public sealed record HostChanged : INoSerializationVerificationNeeded;

    /// <summary>Shut down in order: no new work, leases given back, results delivered where possible. Answered by
    /// <see cref="Left"/>.</summary>
    public sealed record Leave : INoSerializationVerificationNeeded;

    /// <summary>The coordinator was told all it has to know.</summary>
    public sealed record Left : INoSerializationVerificationNeeded;
}
