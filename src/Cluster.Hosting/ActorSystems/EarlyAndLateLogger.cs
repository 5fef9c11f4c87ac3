using Akka.Event;

namespace SearchCluster.Hosting.ActorSystems;

/// <summary>Takes what an actor system says before its log is up and after it is down: errors of our
/// actors go to the error stream, the rest is chatter.</summary>
/// <remarks>Akka's own writes everything to standard output, where results belong, and does so whatever
/// <c>stdout-loglevel</c> says.</remarks>
internal sealed class EarlyAndLateLogger : MinimalLogger
{
    /// <inheritdoc />
    protected override void Log(object message)
    {
        if (message is Error { LogSource: var source, Message: var text } && source.Contains("/user/", StringComparison.Ordinal))
        {
            Console.Error.WriteLine(SafeText.Of(text.ToString()));
        }
    }
}
