/** A context of Lambda's at the end of its time. */
export const outOfTime = {
  ...{ callbackWaitsForEmptyEventLoop: true, functionName: '', functionVersion: '' },
  ...{ invokedFunctionArn: '', memoryLimitInMB: '0', awsRequestId: '', logGroupName: '' },
  ...{ logStreamName: '', getRemainingTimeInMillis: () => 0 },
  ...{ done: () => undefined, fail: () => undefined, succeed: () => undefined },
};
