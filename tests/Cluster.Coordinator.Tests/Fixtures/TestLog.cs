using Microsoft.Extensions.Logging;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>Shows warnings and errors of the actors with the test that they belong to.</summary>
internal sealed class TestLog(ITestOutputHelper? output) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            try
            {
                output?.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");
            }
            catch (InvalidOperationException)
            {
                // The test is over; an actor that still stops has nobody to tell.
            }
        }
    }

    public void Dispose()
    {
    }
}
