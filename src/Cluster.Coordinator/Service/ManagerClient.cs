using Akka.Actor;
using Akka.Hosting;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Service;

/// <summary>Asks the search manager on behalf of one request; the only place that asks an actor.</summary>
internal sealed class ManagerClient(IRequiredActor<SearchManagerKey> manager, CoordinatorOptions options, JournalHealth health)
{
    private static readonly TimeSpan TroubledTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Asks and waits as long as a request may.</summary>
    /// <typeparam name="T">The answer that is expected.</typeparam>
    /// <param name="message">The question.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Contracts.Api.SearchServiceException">The command was refused, or nobody answered in time.</exception>
    public Task<T> AskAsync<T>(object message, CancellationToken cancellationToken) =>
        AskAsync<T>(message, options.RequestTimeout, cancellationToken);

    /// <summary>Asks and waits as long as told.</summary>
    /// <typeparam name="T">The answer that is expected.</typeparam>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer.</returns>
    public async Task<T> AskAsync<T>(object message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var answer = await AskAnyAsync(message, timeout, cancellationToken);
        return answer switch
        {
            T expected => expected,
            SearchReplies.CommandRejected rejected => throw Problems.Of(rejected),
            _ => throw new InvalidOperationException(
                $"{message.GetType().Name} was answered with {answer.GetType().Name}, but {typeof(T).Name} was expected."),
        };
    }

    // Who does not answer then is being recovered, and cannot be before the trouble is over; nobody has to wait to be told.
    private TimeSpan Patience(TimeSpan timeout) =>
        health.Now is not null && timeout > TroubledTimeout && timeout <= options.RequestTimeout ? TroubledTimeout : timeout;

    private async Task<object> AskAnyAsync(object message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var reference = await manager.GetAsync(cancellationToken);
            return await reference.Ask<object>(message, Patience(timeout), cancellationToken);
        }
        catch (AskTimeoutException)
        {
            throw health.Trouble is { } trouble ? Problems.NoJournal(trouble) : Problems.NoAnswer(timeout);
        }
    }
}
