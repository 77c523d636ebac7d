export const id=2759;export const ids=[2759];export const modules={2759:((e,t,n)=>{n.d(t,{CallToolResultSchema:()=>r.c,ErrorCode:()=>r.I,McpError:()=>r.bt});var r=n(6944)})};
